/// Names of Unicode properties that ECMA-262 takes and PCRE2 spells otherwise.
enum UnicodeProperties {
    static func translate(_ name: String) -> String? {
        let parts = name.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            switch parts[0] {
            case "General_Category", "gc": return category(String(parts[1]))
            case "Script", "sc", "Script_Extensions", "scx":
                // In PCRE2 10.40 and later, as in ECMA-262, sc and scx differ.
                return (parts[0].hasPrefix("Script_E") || parts[0] == "scx" ? "scx:" : "sc:") + parts[1]
            default: return nil
            }
        }
        if let category = category(name) { return category }
        if name == "Any" || name == "ASCII" { return name }
        return binary.contains(name) ? name : nil
    }

    private static func category(_ name: String) -> String? {
        categories[name] ?? (categories.values.contains(name) ? name : nil)
    }

    private static let binary: Set<String> = [
        "Alphabetic", "Alpha", "ASCII_Hex_Digit", "AHex", "Dash", "Default_Ignorable_Code_Point", "DI", "Diacritic",
        "Dia",
        "Emoji", "Emoji_Component", "Emoji_Modifier", "Emoji_Modifier_Base", "Emoji_Presentation",
        "Extended_Pictographic", "Extender", "Ext", "Hex_Digit", "Hex", "ID_Continue", "IDC", "ID_Start", "IDS",
        "Ideographic", "Ideo", "Lowercase", "Lower", "Math", "Noncharacter_Code_Point", "NChar", "Quotation_Mark",
        "QMark", "Regional_Indicator", "RI", "Uppercase", "Upper", "Variation_Selector", "VS", "White_Space", "space",
        "XID_Continue", "XIDC", "XID_Start", "XIDS",
    ]

    private static let categories: [String: String] = [
        "Letter": "L", "Cased_Letter": "L&", "LC": "L&", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll",
        "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Combining_Mark": "M",
        "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd",
        "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P",
        "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe",
        "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S",
        "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z",
        "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc",
        "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
    ]
}

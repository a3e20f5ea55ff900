/// Names of Unicode properties that ECMA-262 takes and PCRE2 spells otherwise.
enum UnicodeProperties {
    static func translate(_ name: String) -> String? {
        let parts = name.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            switch parts[0] {
            case "General_Category", "gc": return category(String(parts[1]))
            case "Script", "sc", "Script_Extensions", "scx":
                // In PCRE2 10.40 and later, as in ECMA-262, sc and scx differ.
                guard isScriptName(parts[1]) else { return nil }
                return (parts[0].hasPrefix("Script_E") || parts[0] == "scx" ? "scx:" : "sc:") + parts[1]
            default: return nil
            }
        }
        if let category = category(name) { return category }
        if name == "Any" || name == "ASCII" { return name }
        if name == "Assigned" { return "^Cn" }
        return binary.contains(name) ? name : nil
    }

    /// Categories and binary properties in PCRE2's spelling, by their names in lower case without spaces and low lines.
    static let folded: [String: String] = {
        var result: [String: String] = [:]
        for name in binary { result[ForeignProperties.folded(name)] = name }
        for (name, short) in categories {
            result[ForeignProperties.folded(name)] = short
            result[ForeignProperties.folded(short)] = short
        }
        for (name, short) in [("titlecase", "Lt"), ("any", "Any"), ("ascii", "ASCII"), ("assigned", "^Cn")] {
            result[name] = short
        }
        return result
    }()

    private static func category(_ name: String) -> String? {
        categories[name] ?? (name != "L&" && categories.values.contains(name) ? name : nil)
    }

    /// Whether a name is spelled as Unicode spells scripts: PCRE2 would take any case, and spaces. Which of them there are
    /// PCRE2 knows.
    private static func isScriptName(_ name: Substring) -> Bool {
        name == "SignWriting"
            || name.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { part in
                part.first?.isUppercase == true && part.dropFirst().allSatisfy { $0.isLowercase && $0.isASCII }
            }
    }

    private static let binary: Set<String> = Set(
        """
        AHex ASCII_Hex_Digit Alpha Alphabetic Bidi_C Bidi_Control Bidi_M Bidi_Mirrored CI Case_Ignorable CWCF
        Changes_When_Casefolded CWCM Changes_When_Casemapped CWL Changes_When_Lowercased CWT Changes_When_Titlecased CWU
        Changes_When_Uppercased Cased DI Default_Ignorable_Code_Point Dash Dep Deprecated Dia Diacritic EBase EComp EMod
        EPres Emoji Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Ext ExtPict
        Extended_Pictographic Extender Gr_Base Grapheme_Base Gr_Ext Grapheme_Extend Hex Hex_Digit IDC IDS IDSB
        IDS_Binary_Operator IDST IDS_Trinary_Operator ID_Continue ID_Start Ideo Ideographic Join_C Join_Control LOE
        Logical_Order_Exception Lower Lowercase Math NChar Noncharacter_Code_Point Pat_Syn Pattern_Syntax Pat_WS
        Pattern_White_Space QMark Quotation_Mark RI Radical Regional_Indicator SD STerm Sentence_Terminal Soft_Dotted Term
        Terminal_Punctuation UIdeo Unified_Ideograph Upper Uppercase VS Variation_Selector White_Space XIDC XIDS
        XID_Continue XID_Start space
        """.split { $0 == " " || $0 == "\n" }.map(String.init))

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

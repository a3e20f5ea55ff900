/// Blocks of Unicode that patterns of Java, .NET and XML Schema name: those of the scripts that are written most, and of signs.
enum UnicodeBlocks {
    /// The code points of a block, by its name in lower case without spaces, hyphens and low lines.
    static func range(_ name: String) -> ClosedRange<UInt32>? { ranges[name] }

    private static let ranges: [String: ClosedRange<UInt32>] = Dictionary(
        uniqueKeysWithValues: table.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, let low = UInt32(words[1], radix: 16), let high = UInt32(words[2], radix: 16) else {
                return nil
            }
            return (String(words[0]), low...high)
        })

    private static let table = """
        basiclatin 0 7f
        latin1supplement 80 ff
        latinextendeda 100 17f
        latinextendedb 180 24f
        ipaextensions 250 2af
        spacingmodifierletters 2b0 2ff
        combiningdiacriticalmarks 300 36f
        greek 370 3ff
        greekandcoptic 370 3ff
        cyrillic 400 4ff
        cyrillicsupplement 500 52f
        cyrillicsupplementary 500 52f
        armenian 530 58f
        hebrew 590 5ff
        arabic 600 6ff
        devanagari 900 97f
        bengali 980 9ff
        gurmukhi a00 a7f
        gujarati a80 aff
        tamil b80 bff
        telugu c00 c7f
        kannada c80 cff
        malayalam d00 d7f
        sinhala d80 dff
        thai e00 e7f
        lao e80 eff
        tibetan f00 fff
        myanmar 1000 109f
        georgian 10a0 10ff
        hanguljamo 1100 11ff
        ethiopic 1200 137f
        khmer 1780 17ff
        mongolian 1800 18af
        phoneticextensions 1d00 1d7f
        latinextendedadditional 1e00 1eff
        greekextended 1f00 1fff
        generalpunctuation 2000 206f
        superscriptsandsubscripts 2070 209f
        currencysymbols 20a0 20cf
        combiningmarksforsymbols 20d0 20ff
        combiningdiacriticalmarksforsymbols 20d0 20ff
        letterlikesymbols 2100 214f
        numberforms 2150 218f
        arrows 2190 21ff
        mathematicaloperators 2200 22ff
        miscellaneoustechnical 2300 23ff
        controlpictures 2400 243f
        opticalcharacterrecognition 2440 245f
        enclosedalphanumerics 2460 24ff
        boxdrawing 2500 257f
        blockelements 2580 259f
        geometricshapes 25a0 25ff
        miscellaneoussymbols 2600 26ff
        dingbats 2700 27bf
        braillepatterns 2800 28ff
        latinextendedc 2c60 2c7f
        cjkradicalssupplement 2e80 2eff
        kangxiradicals 2f00 2fdf
        cjksymbolsandpunctuation 3000 303f
        hiragana 3040 309f
        katakana 30a0 30ff
        bopomofo 3100 312f
        hangulcompatibilityjamo 3130 318f
        katakanaphoneticextensions 31f0 31ff
        enclosedcjklettersandmonths 3200 32ff
        cjkcompatibility 3300 33ff
        cjkunifiedideographsextensiona 3400 4dbf
        cjkunifiedideographs 4e00 9fff
        hangulsyllables ac00 d7af
        privateuse e000 f8ff
        privateusearea e000 f8ff
        cjkcompatibilityideographs f900 faff
        alphabeticpresentationforms fb00 fb4f
        arabicpresentationformsa fb50 fdff
        variationselectors fe00 fe0f
        combininghalfmarks fe20 fe2f
        cjkcompatibilityforms fe30 fe4f
        smallformvariants fe50 fe6f
        arabicpresentationformsb fe70 feff
        halfwidthandfullwidthforms ff00 ffef
        specials fff0 ffff
        """
}

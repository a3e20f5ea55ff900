import LockstepRuntime
import Testing

@Suite("Enumerations of strings")
struct StringEnumerationTests {
    private enum One: StringEnumeration {
        case only

        static let rawValues: RawValues = RawValues("")
    }

    private enum Two: StringEnumeration {
        case first
        case second

        static let rawValues: RawValues = RawValues("1st\n2nd")
    }

    private enum Letter: StringEnumeration {
        case a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p

        static let rawValues: RawValues = RawValues("A\nB\nC\nD\nE\nF\nG\nH\nI\nJ\nK\nL\nM\nN\nO\nP")
    }

    /// More cases than a byte can count: rows of sixteen.
    private enum Many: StringEnumeration {
        case a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, aA, aB, aC, aD, aE, aF
        case b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, bA, bB, bC, bD, bE, bF
        case c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, cA, cB, cC, cD, cE, cF
        case d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, dA, dB, dC, dD, dE, dF
        case e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, eA, eB, eC, eD, eE, eF
        case f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, fA, fB, fC, fD, fE, fF
        case g0, g1, g2, g3, g4, g5, g6, g7, g8, g9, gA, gB, gC, gD, gE, gF
        case h0, h1, h2, h3, h4, h5, h6, h7, h8, h9, hA, hB, hC, hD, hE, hF
        case i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, iA, iB, iC, iD, iE, iF
        case j0, j1, j2, j3, j4, j5, j6, j7, j8, j9, jA, jB, jC, jD, jE, jF
        case k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, kA, kB, kC, kD, kE, kF
        case l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, lA, lB, lC, lD, lE, lF
        case m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, mA, mB, mC, mD, mE, mF
        case n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, nA, nB, nC, nD, nE, nF
        case o0, o1, o2, o3, o4, o5, o6, o7, o8, o9, oA, oB, oC, oD, oE, oF
        case p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, pA, pB, pC, pD, pE, pF
        case q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, qA, qB, qC, qD, qE, qF

        static var rawValues: RawValues { table }
        private static let table = RawValues(
            """
            0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n22\n23\n24\n25\n26\n27\n28\n29
            30\n31\n32\n33\n34\n35\n36\n37\n38\n39\n40\n41\n42\n43\n44\n45\n46\n47\n48\n49\n50\n51\n52\n53\n54\n55\n56\n57
            58\n59\n60\n61\n62\n63\n64\n65\n66\n67\n68\n69\n70\n71\n72\n73\n74\n75\n76\n77\n78\n79\n80\n81\n82\n83\n84\n85
            86\n87\n88\n89\n90\n91\n92\n93\n94\n95\n96\n97\n98\n99\n100\n101\n102\n103\n104\n105\n106\n107\n108\n109\n110
            111\n112\n113\n114\n115\n116\n117\n118\n119\n120\n121\n122\n123\n124\n125\n126\n127\n128\n129\n130\n131\n132
            133\n134\n135\n136\n137\n138\n139\n140\n141\n142\n143\n144\n145\n146\n147\n148\n149\n150\n151\n152\n153\n154
            155\n156\n157\n158\n159\n160\n161\n162\n163\n164\n165\n166\n167\n168\n169\n170\n171\n172\n173\n174\n175\n176
            177\n178\n179\n180\n181\n182\n183\n184\n185\n186\n187\n188\n189\n190\n191\n192\n193\n194\n195\n196\n197\n198
            199\n200\n201\n202\n203\n204\n205\n206\n207\n208\n209\n210\n211\n212\n213\n214\n215\n216\n217\n218\n219\n220
            221\n222\n223\n224\n225\n226\n227\n228\n229\n230\n231\n232\n233\n234\n235\n236\n237\n238\n239\n240\n241\n242
            243\n244\n245\n246\n247\n248\n249\n250\n251\n252\n253\n254\n255\n256\n257\n258\n259\n260\n261\n262\n263\n264
            265\n266\n267\n268\n269\n270\n271
            """)
    }

    private func check<Values: StringEnumeration>(_ type: Values.Type, _ expected: [String]) {
        let cases = Array(Values.allCases)
        #expect(cases.map(\.rawValue) == expected)
        #expect(expected.map { Values(rawValue: $0) } == cases)
        #expect(Set(cases).count == cases.count)
        #expect(Values(rawValue: "no such value") == nil)
    }

    @Test("each case has its value, and each value its case")
    func values() {
        check(One.self, [""])
        check(Two.self, ["1st", "2nd"])
        check(Letter.self, "ABCDEFGHIJKLMNOP".map { String($0) })
        check(Many.self, (0..<272).map { "\($0)" })
    }

    @Test("cases are told apart by name")
    func cases() {
        #expect(Two(rawValue: "2nd") == .second)
        #expect(Two.first != Two.second)
        #expect(Letter.p.rawValue == "P" && Letter.a.rawValue == "A")
        #expect(Many.a0.rawValue == "0" && Many.p0.rawValue == "240" && Many.qF.rawValue == "271")
        #expect(Many(rawValue: "256") == .q0)
    }

    @Test("values are written as strings")
    func writing() throws {
        #expect(try Two.second.encoded() == Array("\"2nd\"".utf8))
        #expect(try One.only.encoded() == Array("\"\"".utf8))
    }
}

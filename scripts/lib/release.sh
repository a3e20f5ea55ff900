# How release builds are made, in one place: SwiftPM keeps one folder for all of them, and builds everything anew when the
# options differ. Sourced by what builds for release.

# Swift's libraries go into the program: it runs where no toolchain is, starts in half the time, and its calls into them
# take no detour, which is 5 % of the CPU time of a request. lld, because gold warns of a function in Foundation.
release_options=(-c release --static-swift-stdlib -Xswiftc -use-ld=lld)

# The runtime as a debug build has it, for programs that are compiled by hand: `products`, the folder, and `objects`.
# Sourced after the build.

products=$(swift build --show-bin-path)
# Of today's sources only: a build folder keeps the objects of those that are gone.
objects=()
for target in LockstepJSON LockstepSchema LockstepRuntime; do
    while read -r source; do
        objects+=("$products/$target.build/$(basename "$source").o")
    done < <(find "Sources/$target" -name '*.swift')
done

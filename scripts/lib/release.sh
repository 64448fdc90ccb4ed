# How release programs are built. Sourced by the other scripts; nothing to run by itself.

# build_release PRODUCT [OPTION]...: builds a program in release mode and prints its path. What the
# build has to say goes to the standard error; options are those of "swift build".
#
# Swift's runtime is linked in, so that the program runs where there is no Swift, and starts fast in
# little memory: symbols that no library looks up are not exported, and relative relocations are
# packed (which needs glibc 2.36). What a start runs through lies side by side: see order-startup.
build_release() {
    local product=$1 order
    order=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/startup.symbols
    local options=(-c release --static-swift-stdlib -Xswiftc -use-ld=lld)
    shift
    options+=(-Xlinker --no-export-dynamic -Xlinker -z -Xlinker pack-relative-relocs)
    options+=(-Xlinker --as-needed)
    options+=(-Xlinker --symbol-ordering-file="$order" -Xlinker --no-warn-symbol-ordering)
    swift build "${options[@]}" "$@" --product "$product" >&2 || return
    echo "$(swift build "${options[@]}" "$@" --show-bin-path)/$product"
}

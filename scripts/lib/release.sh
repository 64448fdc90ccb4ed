# How release programs are built. Sourced by the other scripts; nothing to run by itself.

# build_release [--ordered-by=GRAPH] PRODUCT [OPTION]...: builds a program in release mode and
# prints its path. What the build has to say goes to the standard error; options are those of
# "swift build".
#
# Swift's runtime is linked in, so that the program runs where there is no Swift, and starts fast in
# little memory: symbols that no library looks up are not exported, and relative relocations are
# packed (which needs glibc 2.36). What is run through together lies together: each function has a
# section of its own, and functions.order says in which order they stand; with a call graph the
# order is worked out from that instead (see order-functions).
build_release() {
    local order graph=
    order=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/functions.order
    case $1 in --ordered-by=*) graph=${1#*=}; shift ;; esac
    local product=$1
    shift
    local options=(-c release --static-swift-stdlib -Xswiftc -use-ld=lld)
    options+=(-Xswiftc -Xfrontend -Xswiftc -function-sections)
    options+=(-Xlinker --no-export-dynamic -Xlinker -z -Xlinker pack-relative-relocs)
    options+=(-Xlinker --as-needed)
    if [ -n "$graph" ]; then
        options+=(-Xlinker --call-graph-ordering-file="$graph")
    else
        options+=(-Xlinker --symbol-ordering-file="$order")
    fi
    options+=(-Xlinker --no-warn-symbol-ordering)
    swift build "${options[@]}" "$@" --product "$product" >&2 || return
    echo "$(swift build "${options[@]}" "$@" --show-bin-path)/$product"
}

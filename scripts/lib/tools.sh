# To be read by other scripts: programs of Debian's that tests use.

# want_tool PROGRAM PACKAGE: sees to it that the program is there, if it can be installed here. The
# test that needs it says so if it is not.
want_tool() {
    command -v "$1" > /dev/null && return
    [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null || return 0
    apt-get update -qq > /dev/null 2>&1 || true
    apt-get install -qq -y --no-install-recommends "$2" > /dev/null 2>&1 || true
}

# Sees to what Drydock is built with. Sourced by the other scripts; nothing to run by itself.

# need_swift: ends the script if there is no Swift that is new enough.
need_swift() {
    local version
    if ! command -v swift >/dev/null; then
        echo "Drydock is built with Swift 6.1 or later: install it from https://swift.org/install" \
            "and try again." >&2
        exit 1
    fi
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
    case "$version" in
        [0-5].* | 6.0)
            echo "Drydock needs Swift 6.1 or later, and this is Swift $version: install a newer" \
                "one from https://swift.org/install and try again." >&2
            exit 1
            ;;
    esac
}

# missing_packages: prints the Debian packages that Drydock is built with and that are not there.
missing_packages() {
    if ! command -v pkg-config >/dev/null; then
        echo pkg-config libssl-dev libsqlite3-dev
        return
    fi
    pkg-config --exists libcrypto || echo libssl-dev
    pkg-config --exists sqlite3 || echo libsqlite3-dev
}

# need_packages: installs what is missing, or ends the script with a sentence that says what to do.
need_packages() {
    local packages become=()
    read -r -d '' -a packages < <(missing_packages) || true
    [ ${#packages[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ]; then become=(sudo); fi
    if ! command -v apt-get >/dev/null || ! command -v "${become[@]:-env}" >/dev/null; then
        echo "Drydock is built with the development files of OpenSSL and SQLite, found by" \
            "pkg-config: install them (on Debian: ${packages[*]}) and try again." >&2
        exit 1
    fi
    echo "Installing ${packages[*]}." >&2
    if ! { "${become[@]}" apt-get update -qq && "${become[@]}" apt-get install -qq -y \
        --no-install-recommends "${packages[@]}"; } >&2; then
        echo "They could not be installed: see above, install ${packages[*]} yourself and try" \
            "again." >&2
        exit 1
    fi
}

# want_packages PACKAGE...: installs those that are missing, if that is possible without asking
# anybody; whoever needs one looks whether it is there.
want_packages() {
    local package missing=()
    for package in "$@"; do
        dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "Not installed, because that needs root and apt-get: ${missing[*]}." >&2
        return
    fi
    echo "Installing ${missing[*]}." >&2
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
        --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1; then
        echo "They could not be installed." >&2
    fi
}

need_swift
need_packages

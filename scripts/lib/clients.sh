# To be read by other scripts: the clients of AWS that tests and benchmarks use, in pinned versions.

AWSCLI=1.46.3
BOTO3=1.43.11
BOTOCORE=1.43.11
ORAS=0.2.43

# clients_environment: makes a Python environment with them, once, and prints where it is.
clients_environment() {
    local place=.build/clients-$AWSCLI-$BOTO3-$ORAS
    if [ ! -e "$place/complete" ]; then
        rm -rf "$place"
        python3 -m venv "$place" >&2
        "$place/bin/pip" install --quiet --disable-pip-version-check \
            "awscli==$AWSCLI" "boto3==$BOTO3" "botocore==$BOTOCORE" "oras==$ORAS" >&2
        touch "$place/complete"
    fi
    echo "$PWD/$place"
}

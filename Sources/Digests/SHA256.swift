import CLibcrypto

/// SHA-256, computed by the system's libcrypto.
public enum SHA256 {
    /// The digest in the form registries use: `sha256:` and 64 lower-case hex digits.
    public static func digest(of bytes: some Sequence<UInt8>) -> String {
        "sha256:" + hex(of: bytes)
    }

    /// The 64 lower-case hex digits alone.
    public static func hex(of bytes: some Sequence<UInt8>) -> String {
        let input = Array(bytes)
        var output = [UInt8](repeating: 0, count: 32)
        let done = EVP_Digest(input, input.count, &output, nil, EVP_sha256(), nil)
        precondition(done == 1, "libcrypto computes SHA-256 of any bytes")
        return hex(output)
    }

    static func hex(_ output: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in output {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

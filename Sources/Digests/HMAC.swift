import CLibcrypto

/// RFC 2104 over SHA-256, computed by the system's libcrypto.
public enum HMAC {
    /// The 32 bytes that only someone who has `key` could have computed for `message`.
    public static func sha256(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        let input = Array(message)
        var code = [UInt8](repeating: 0, count: 32)
        let done = CLibcrypto.HMAC(
            EVP_sha256(), key, Int32(key.count), input, input.count, &code, nil)
        precondition(done != nil, "libcrypto computes HMAC-SHA256 of any bytes")
        return code
    }
}

import CLibcrypto

/// SHA-256 of bytes that come one after the other, computed by the system's libcrypto.
public struct RunningSHA256: ~Copyable {
    private let context: OpaquePointer

    public init() {
        context = EVP_MD_CTX_new()
        precondition(
            EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1,
            "libcrypto computes SHA-256 of any bytes")
    }

    deinit { EVP_MD_CTX_free(context) }

    public mutating func add(_ bytes: UnsafeRawBufferPointer) {
        precondition(
            EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1,
            "libcrypto computes SHA-256 of any bytes")
    }

    /// The digest of what has come so far, as ``SHA256/digest(of:)`` writes it; more may come.
    public borrowing func digest() -> String {
        let copy: OpaquePointer = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(copy) }
        var output = [UInt8](repeating: 0, count: 32)
        let done =
            EVP_MD_CTX_copy_ex(copy, context) == 1 && EVP_DigestFinal_ex(copy, &output, nil) == 1
        precondition(done, "libcrypto computes SHA-256 of any bytes")
        return "sha256:" + SHA256.hex(output)
    }
}

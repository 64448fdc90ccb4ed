extension Balancing {
    /// Which versions of TLS and which ciphers a listener offers.
    ///
    /// Source: ELB User Guide, "Security policies for your Application Load Balancer". Those most
    /// in use; variants for FIPS and for post-quantum keys are absent.
    struct SSLPolicy: Sendable {
        let name: String
        let protocols: [String]
        let ciphers: [String]

        static let all: [SSLPolicy] = [
            .init("2016-08", ["TLSv1", "TLSv1.1", "TLSv1.2"], forward + cbcSHA + plain),
            .init("TLS-1-1-2017-01", ["TLSv1.1", "TLSv1.2"], forward + cbcSHA + plain),
            .init("TLS-1-2-2017-01", ["TLSv1.2"], forward + plainGCM),
            .init("TLS-1-2-Ext-2018-06", ["TLSv1.2"], forward + cbcSHA + plain),
            .init("FS-2018-06", ["TLSv1", "TLSv1.1", "TLSv1.2"], forward + cbcSHA),
            .init("FS-1-1-2019-08", ["TLSv1.1", "TLSv1.2"], forward + cbcSHA),
            .init("FS-1-2-2019-08", ["TLSv1.2"], forward + cbcSHA),
            .init("FS-1-2-Res-2019-08", ["TLSv1.2"], forward),
            .init("FS-1-2-Res-2020-10", ["TLSv1.2"], forwardGCM),
            .init("TLS13-1-3-2021-06", ["TLSv1.3"], tls13),
            .init("TLS13-1-2-Res-2021-06", ["TLSv1.3", "TLSv1.2"], tls13 + forwardGCM),
            .init("TLS13-1-2-2021-06", ["TLSv1.3", "TLSv1.2"], tls13 + forward),
            .init("TLS13-1-2-Ext1-2021-06", ["TLSv1.3", "TLSv1.2"], tls13 + forward + plainGCM),
            .init(
                "TLS13-1-2-Ext2-2021-06", ["TLSv1.3", "TLSv1.2"], tls13 + forward + cbcSHA + plain),
            .init(
                "TLS13-1-1-2021-06", ["TLSv1.3", "TLSv1.2", "TLSv1.1"],
                tls13 + forward + cbcSHA + plain),
            .init(
                "TLS13-1-0-2021-06", ["TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"],
                tls13 + forward + cbcSHA + plain),
        ]

        private init(_ name: String, _ protocols: [String], _ ciphers: [String]) {
            self.name = "ELBSecurityPolicy-" + name
            (self.protocols, self.ciphers) = (protocols, ciphers)
        }

        private static let tls13 = [
            "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
        ]
        private static let forwardGCM = [
            "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
        ]
        private static let forward = [
            "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES128-SHA256", "ECDHE-RSA-AES128-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-AES256-SHA384", "ECDHE-RSA-AES256-SHA384",
        ]
        private static let cbcSHA = [
            "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA",
            "ECDHE-ECDSA-AES256-SHA",
        ]
        private static let plainGCM = [
            "AES128-GCM-SHA256", "AES128-SHA256", "AES256-GCM-SHA384", "AES256-SHA256",
        ]
        private static let plain = [
            "AES128-GCM-SHA256", "AES128-SHA256", "AES128-SHA", "AES256-GCM-SHA384",
            "AES256-SHA256", "AES256-SHA",
        ]
    }
}

import CloudAPI

/// Parts come one after the other, without a gap. Source: ecr.md section 6.3.
extension ECR.UploadLayerPart: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.upload(of: self, sizeBytes: layerPartBlob.count, as: caller)

        cloud.registry.bytes.append(layerPartBlob, to: id)

        return try cloud.accept(self, sizeBytes: layerPartBlob.count, as: caller)
    }
}

extension Cloud {
    /// What `UploadLayerPart` would refuse. Changes nothing.
    public func check(_ part: ECR.UploadLayerPart, as caller: Caller) throws(APIFailure) {
        _ = try upload(of: part, sizeBytes: part.layerPartBlob.count, as: caller)
    }

    /// Takes note of a part whose bytes somebody else keeps. It need not have them any more.
    ///
    /// - Throws: What `UploadLayerPart` refuses.
    public mutating func accept(
        _ part: ECR.UploadLayerPart, sizeBytes: Int, as caller: Caller
    ) throws(APIFailure) -> ECR.UploadLayerPart.Output {
        let id = try upload(of: part, sizeBytes: sizeBytes, as: caller)

        let upload = registry.uploads[id]
        let wasSmall = upload.sizeBytes > 0 && upload.lastPartBytes < Registry.smallestPart
        registry.uploads[id].sizeBytes = part.partLastByte + 1
        registry.uploads[id].lastPartBytes = sizeBytes
        registry.uploads[id].hasSmallPart = upload.hasSmallPart || wasSmall

        return .init(
            registryId: registry.repositories[upload.repository].place.account,
            repositoryName: part.repositoryName, uploadId: part.uploadId,
            lastByteReceived: part.partLastByte)
    }

    fileprivate func upload(
        of part: ECR.UploadLayerPart, sizeBytes count: Int, as caller: Caller
    ) throws(APIFailure) -> LayerUploadID {
        let repository = try registry.find(
            part.repositoryName, in: part.registryId, for: caller, to: ECR.UploadLayerPart.name)
        let id = try registry.upload(part.uploadId, to: repository)
        let size = registry.uploads[id].sizeBytes
        let (next, isOver) = part.partFirstByte.addingReportingOverflow(count)
        guard part.partFirstByte == size, count > 0, !isOver, next - 1 == part.partLastByte,
            count <= Registry.largestPart
        else {
            throw .invalidLayerPart(
                part.uploadId, lastByte: size - 1, in: registry.repositories[repository])
        }
        return id
    }
}

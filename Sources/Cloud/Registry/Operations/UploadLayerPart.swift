import CloudAPI

/// Parts come one after the other, without a gap. Source: ecr.md section 6.3.
extension ECR.UploadLayerPart: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        let id = try cloud.registry.upload(uploadId, to: repository)
        let upload = cloud.registry.uploads[id]
        let (last, isOver) = partFirstByte.addingReportingOverflow(layerPartBlob.count)
        guard partFirstByte == upload.sizeBytes, !layerPartBlob.isEmpty, !isOver,
            last - 1 == partLastByte, layerPartBlob.count <= Registry.largestPart
        else {
            throw .invalidLayerPart(
                uploadId, lastByte: upload.sizeBytes - 1,
                in: cloud.registry.repositories[repository])
        }

        let wasSmall = upload.sizeBytes > 0 && upload.lastPartBytes < Registry.smallestPart
        cloud.registry.bytes.append(layerPartBlob, to: id)
        cloud.registry.uploads[id].sizeBytes = last
        cloud.registry.uploads[id].lastPartBytes = layerPartBlob.count
        cloud.registry.uploads[id].hasSmallPart = upload.hasSmallPart || wasSmall

        return Output(
            registryId: caller.place.account, repositoryName: repositoryName, uploadId: uploadId,
            lastByteReceived: partLastByte)
    }
}

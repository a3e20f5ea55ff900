/// Bodies, responses and their parts.
extension DescriptionBuilder {
    func requestBody(at outer: Place) -> RequestBody? {
        let place = resolver.follow(outer)
        guard place.node.mapping != nil else { return nil }
        return RequestBody(
            isRequired: place.node["required"]?.bool ?? false,
            description: (outer.node["description"] ?? place.node["description"])?.string,
            contents: contents(at: place["content"]), extensions: place.node.extensions, origin: place.origin)
    }

    func responses(at place: Place?) -> [Response] {
        (place?.members ?? []).compactMap { key, outer in
            guard let status = StatusKey.parse(key) else { return nil }
            let place = resolver.follow(outer)
            let description = outer.node["description"] ?? place.node["description"] ?? place.node["summary"]
            let headers = (place["headers"]?.members ?? []).filter { $0.key.lowercased() != "content-type" }
            return Response(
                status: status, description: description?.string ?? "",
                headers: headers.map { name, header in self.header(named: name, at: header) },
                contents: contents(at: place["content"]), links: links(at: place["links"]),
                extensions: place.node.extensions, origin: place.origin)
        }
    }

    private func header(named name: String, at outer: Place) -> Header {
        let place = resolver.follow(outer)
        let value = value(at: place)
        return Header(
            name: name, isRequired: place.node["required"]?.bool ?? false,
            isDeprecated: place.node["deprecated"]?.bool ?? false,
            description: (outer.node["description"] ?? place.node["description"])?.string, schema: value.schema,
            explode: place.node["explode"]?.bool ?? false, mediaType: value.mediaType,
            examples: examples(at: value.examples), extensions: place.node.extensions, origin: place.origin)
    }

    private func contents(at place: Place?) -> [MediaContent] {
        (place?.members ?? []).filter { !$0.key.hasPrefix("x-") }.map { mediaType, outer in
            let place = resolver.follow(outer)
            return MediaContent(
                mediaType: mediaType, schema: place["schema"].map { schemas.schema(at: $0) },
                itemSchema: itemSchema(of: mediaType, at: place),
                encodings: (place["encoding"]?.members ?? []).map { name, encoding in
                    self.encoding(of: name, at: encoding)
                },
                examples: examples(at: place), extensions: place.node.extensions, origin: place.origin)
        }
    }

    private func encoding(of property: String, at place: Place) -> PartEncoding {
        let types = (place.node["contentType"]?.string ?? "").split(separator: ",")
        return PartEncoding(
            property: property, contentTypes: types.map { String($0.drop { $0 == " " }) },
            headers: (place["headers"]?.members ?? []).map { name, header in self.header(named: name, at: header) },
            style: place.node["style"]?.string.flatMap(ParameterStyle.init), explode: place.node["explode"]?.bool,
            allowReserved: place.node["allowReserved"]?.bool ?? false)
    }

    // MARK: Links

    private func links(at place: Place?) -> [Link] {
        (place?.members ?? []).map { name, outer in
            let place = resolver.follow(outer)
            return Link(
                name: name, operationID: linkedOperation(at: place),
                parameters: (place["parameters"]?.members ?? []).map { name, value in
                    Link.Argument(name: name, value: value.node.json)
                },
                requestBody: place.node["requestBody"]?.json,
                description: (outer.node["description"] ?? place.node["description"])?.string, origin: place.origin)
        }
    }

    private func linkedOperation(at place: Place) -> String? {
        if let field = place["operationId"], let id = field.node.string {
            if takenIDs[id] != nil { return id }
            diagnostics.warning(
                "no operation has the operationId '\(id)'", at: field,
                hint: NearMiss.hint(id, among: takenIDs.keys.sorted()))
            return nil
        }
        guard let field = place["operationRef"], let reference = field.node.string else { return nil }
        if ["http", "https"].contains(ReferenceURI.scheme(of: reference)) {
            diagnostics.note("the link leads to a document that is not read; no code comes of it", at: field)
            return nil
        }
        do throws(Resolver.Failure) {
            let target = try resolver.resolve(reference, at: field)
            return operationIDs[ObjectIdentifier(target.place.node)]
        } catch {
            if let message = error.message { diagnostics.warning(message, at: field, hint: error.hint) }
            return nil
        }
    }
}

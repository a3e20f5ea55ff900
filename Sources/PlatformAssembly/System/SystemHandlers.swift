public import LockstepRuntime
public import LockstepServer
public import PlatformAPI
public import PlatformAuth

/// The operations of the tag `System`: health, signing keys, the document and the page that shows it.
public struct SystemHandlers: SystemAPI {
    private let monitor: HealthMonitor
    private let environment: String?
    private let keys: KeySet
    private let document: JSONValue
    private let page: DocsPage?

    /// Handlers over these parts.
    ///
    /// - Parameters:
    ///   - environment: shown by `/health`; nil in production.
    ///   - keys: what verifies access tokens; empty where they are signed with a shared secret.
    ///   - page: nil where there is none.
    public init(monitor: HealthMonitor, environment: String?, keys: [SigningKey], page: DocsPage?) {
        self.monitor = monitor
        self.environment = environment
        self.keys = KeySet(keys: keys.map { Key(x: $0.point.x, y: $0.point.y, kid: $0.id) })
        self.page = page
        // The generator wrote it; it parses.
        document = Contract.documentJSON.withUTF8Buffer { (try? JSONDocument.parse(Array($0)).value) ?? .null }
    }

    /// `GET /health`
    public func getHealth(_ input: GetHealth.Input, _ context: RequestContext) async throws -> GetHealth.Output {
        let report = await monitor.report()
        func state(_ name: String) -> ServiceState? {
            report.services.first { $0.name == name }.map { $0.isUp ? .up : .down }
        }
        let health = Health(
            status: report.isReady ? .ok : .error, timestamp: report.timestamp, environment: environment,
            services: Health.Services(database: state("database") ?? .down, redis: state("redis")))
        return report.isReady ? .ok(health) : .serviceUnavailable(health)
    }

    /// `GET /health/live`
    public func getLiveness(
        _ input: GetLiveness.Input, _ context: RequestContext
    ) async throws -> GetLiveness.Output {
        .ok(Liveness())
    }

    /// `GET /health/ready`
    public func getReadiness(
        _ input: GetReadiness.Input, _ context: RequestContext
    ) async throws -> GetReadiness.Output {
        await monitor.report().isReady
            ? .ok(Readiness(status: .ready)) : .serviceUnavailable(Readiness(status: .unready))
    }

    /// `GET /.well-known/jwks.json`
    public func getSigningKeys(
        _ input: GetSigningKeys.Input, _ context: RequestContext
    ) async throws -> GetSigningKeys.Output {
        .ok(keys, cacheControl: "public, max-age=600")
    }

    /// `GET /openapi.json`
    public func getDocumentJSON(
        _ input: GetDocumentJSON.Input, _ context: RequestContext
    ) async throws -> GetDocumentJSON.Output {
        .ok(document)
    }

    /// `GET /openapi.yaml`
    public func getDocumentYAML(
        _ input: GetDocumentYAML.Input, _ context: RequestContext
    ) async throws -> GetDocumentYAML.Output {
        .ok(.bytes(Contract.documentYAML.withUTF8Buffer { Array($0) }))
    }

    /// `GET /docs`
    public func getDocs(_ input: GetDocs.Input, _ context: RequestContext) async throws -> GetDocs.Output {
        guard page != nil else { throw Problem.notFound }
        return .ok(DocsPage.html, contentSecurityPolicy: DocsPage.policy)
    }

    /// `GET /docs/{asset}`
    public func getDocsAsset(
        _ input: GetDocsAsset.Input, _ context: RequestContext
    ) async throws -> GetDocsAsset.Output {
        guard let page else { throw Problem.notFound }
        let kept = "public, max-age=86400"
        switch input.asset {
        case .docsCss: return .ok(DocsPage.style, cacheControl: kept)
        case .docsJs: return .okJavascript(DocsPage.script, cacheControl: kept)
        case .favicon32x32Png: return .okPNG(.bytes(page.icon), cacheControl: kept)
        case .swaggerUiCss: return .ok(page.renderStyle, cacheControl: kept)
        case .swaggerUiBundleJs: return .okJavascript(page.renderer, cacheControl: kept)
        }
    }
}

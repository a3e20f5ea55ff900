internal import PlatformCore

/// The page that shows the document and sends requests: Swagger UI from a folder that the set-up step fills, and three
/// small files of our own, so that nothing on the page is inline and nothing comes from elsewhere.
public struct DocsPage: Sendable {
    let renderer: String
    let renderStyle: String
    let icon: [UInt8]

    /// The page with the assets in `folder`; nil when they are not installed.
    public init?(folder: String) {
        func read(_ name: String) -> [UInt8]? { try? LocalFile.read("\(folder)/\(name)", limit: 8 << 20) }
        guard let script = read("swagger-ui-bundle.js"), let style = read("swagger-ui.css"),
            let icon = read("favicon-32x32.png")
        else { return nil }
        renderer = String(decoding: script, as: UTF8.self)
        renderStyle = String(decoding: style, as: UTF8.self)
        self.icon = icon
    }

    /// Scripts, styles and requests to this server only; images may also be part of the style sheet.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Lockstep Platform API</title>
          <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
          <link rel="stylesheet" href="/docs/swagger-ui.css">
          <link rel="stylesheet" href="/docs/docs.css">
        </head>
        <body>
          <div id="page"></div>
          <script src="/docs/swagger-ui-bundle.js"></script>
          <script src="/docs/docs.js"></script>
        </body>
        </html>

        """

    static let style = """
        body { margin: 0; background: #fafafa; }

        """

    static let script = """
        "use strict";
        SwaggerUIBundle({
          url: "/openapi.json",
          dom_id: "#page",
          deepLinking: true,
          displayRequestDuration: true,
          persistAuthorization: false,
          validatorUrl: null,
        });

        """
}

public import LockstepRuntime
public import PlatformAPI
public import PlatformCore

/// The operations of the tag `Auth`, and the security scheme of the document, over ``AuthService``.
public struct AuthHandlers: AuthAPI, SecurityAPI {
    private let service: AuthService
    private let users: ActiveUsers

    /// Handlers over a service.
    ///
    /// - Parameter users: told of every caller that is authenticated.
    public init(_ service: AuthService, seenBy users: ActiveUsers = ActiveUsers()) {
        self.service = service
        self.users = users
    }

    /// `POST /api/auth/register`
    public func register(_ input: Register.Input, _ context: RequestContext) async throws -> Register.Output {
        let registration = try await answering {
            try await service.register(
                email: input.body.email, password: input.body.password, name: input.body.name, from: Origin(context),
                at: context.now)
        }
        switch registration {
        case .open(let grant):
            return .created(SessionResponse(data: Session(grant), message: "Account created"))
        case .accepted:
            return .accepted(AcceptedResponse(data: Accepted(), message: "Check your mail for the next step"))
        }
    }

    /// `POST /api/auth/login`
    public func login(_ input: Login.Input, _ context: RequestContext) async throws -> Login.Output {
        let grant = try await answering {
            try await service.login(
                email: input.body.email, password: input.body.password, from: Origin(context), at: context.now)
        }
        return .ok(SessionResponse(data: Session(grant), message: "Logged in"))
    }

    /// `POST /api/auth/refresh`
    public func refreshSession(
        _ input: RefreshSession.Input, _ context: RequestContext
    ) async throws -> RefreshSession.Output {
        let grant = try await answering {
            try await service.refresh(input.body.refreshToken, from: Origin(context), at: context.now)
        }
        return .ok(SessionResponse(data: Session(grant)))
    }

    /// `POST /api/auth/logout`
    public func logout(
        _ input: Logout.Input, _ principal: Principal?, _ context: RequestContext
    ) async throws -> Logout.Output {
        try await answering {
            try await service.logout(
                principal, refreshToken: input.body?.refreshToken, from: Origin(context), at: context.now)
        }
        return .ok(AcceptedResponse(data: Accepted(), message: "Logged out"))
    }

    /// The session that a refresh names, for its rate limit; nil where the body has no token that was ever issued.
    public func session(of request: Request) async -> String? {
        guard case .bytes(let bytes) = request.body, bytes.count <= 1_024,
            let token = try? JSONDocument.parse(bytes).root["refreshToken"]?.string
        else { return nil }
        return await service.session(of: token)
    }

    /// `POST /api/auth/verify-email`
    public func verifyEmail(_ input: VerifyEmail.Input, _ context: RequestContext) async throws -> VerifyEmail.Output {
        try await answering {
            try await service.verifyEmail(input.body.token, from: Origin(context), at: context.now)
        }
        return .ok(AcceptedResponse(data: Accepted(), message: "The address is confirmed"))
    }

    /// `POST /api/auth/reset-password`
    public func resetPassword(
        _ input: ResetPassword.Input, _ context: RequestContext
    ) async throws -> ResetPassword.Output {
        try await answering {
            try await service.resetPassword(
                input.body.token, to: input.body.password, from: Origin(context), at: context.now)
        }
        return .ok(AcceptedResponse(data: Accepted(), message: "The password is set; log in with it"))
    }

    /// `GET /api/auth/me`
    public func getMe(
        _ input: GetMe.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> GetMe.Output {
        let account = try await answering { try await service.account(of: principal) }
        return .ok(UserResponse(data: User(account)))
    }

    /// Security scheme `bearerAuth`.
    public func bearerAuth(_ credential: BearerCredential, _ context: RequestContext) async throws -> Principal {
        let principal = try await service.authenticate(credential.token, at: context.now)
        users.see(principal.subject, at: context.time.monotonicNow)
        return principal
    }

    /// Turns what the service refuses into what the client is told.
    private func answering<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as AuthError {
            throw error.problem
        } catch is PoolRefusal {
            throw Problem.unavailable(retryAfter: 1)
        }
    }
}

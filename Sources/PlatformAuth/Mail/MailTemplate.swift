/// The mails of the auth service. None repeats what a visitor typed, such as a name: whoever registers with somebody else's
/// address must not choose what that person reads.
enum MailTemplate: String, Sendable {
    case verifyEmail = "verify_email"
    case verifyAgain = "verify_again"
    case accountExists = "account_exists"

    var subject: String {
        switch self {
        case .verifyEmail, .verifyAgain: "Confirm your e-mail address"
        case .accountExists: "You already have an account"
        }
    }

    /// `link` verifies the address; it is nil in a mail without one.
    func text(link: String?, site: String) -> String {
        switch self {
        case .verifyEmail:
            """
            Somebody, probably you, made an account with this address at \(site).

            To confirm that the address is yours, open this link within 24 hours:

            \(link ?? site)

            If it was not you, ignore this mail: without the link the address stays unconfirmed.
            """
        case .verifyAgain:
            """
            Somebody tried to make an account with this address at \(site). There is one already, whose address
            has not been confirmed yet. Its password is the one that was chosen the first time.

            If you made that account, confirm the address within 24 hours:

            \(link ?? site)

            If you did not, ignore this mail.
            """
        case .accountExists:
            """
            Somebody tried to make an account with this address at \(site). You already have one: log in with
            its password.

            If it was not you, you need not do anything. Nothing about your account has changed.
            """
        }
    }
}

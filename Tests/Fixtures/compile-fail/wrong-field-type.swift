// expect: cannot convert value of type 'Double' to expected argument type 'Decimal'
// Money as a binary float.
import Bookshop
import LockstepRuntime

func price(_ amount: Double) -> Money { Money(amount: amount, currency: .eur) }

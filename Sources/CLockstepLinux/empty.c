#include "CLockstepLinux.h"

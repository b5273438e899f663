package settings

import (
	"cmp"
	"os"
)

// Text sets a field to the value of its variable or, if it is still empty, to its default.
func Text(field *string, variable, fallback string) {
	*field = cmp.Or(os.Getenv(variable), *field, fallback)
}

//go:build lambdabinary

package spartamage

// The generated code imports these. Named here, `go mod tidy` and `go mod
// vendor` bring them into the user's module with the rest of this package.
import (
	_ "github.com/go-sparta/sparta/cgo/bridge"
	_ "github.com/go-sparta/sparta/cgo/bridge/runtimeapi"
)

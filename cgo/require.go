//go:build lambdabinary && sparta_vendor

package cgo

// A build imports it if a dependency calls lambda.Start. The import is named here, under a tag that no build sets, so
// that `go mod vendor` copies the package.
import _ "github.com/go-sparta/sparta/cgo/bridge/runtimeapi"

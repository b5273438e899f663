// Package python holds the Python half of a package: the module that Lambda
// imports and the code behind it. The files are static; what varies between
// applications is the library that they load.
package python

import "embed"

// Files holds index.py and the package _sparta as they go into the zip.
//
//go:embed index.py _sparta/*.py
var Files embed.FS

// Calls are the C functions of the library that Python calls.
var Calls = []string{
	"SpartaStart", "SpartaInvoke", "SpartaInvokeApart", "SpartaFree", "SpartaBeforeSnapshot", "SpartaAfterRestore",
}

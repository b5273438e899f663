//go:build !lambdabinary

// Package bridge is the Go half of the boundary between AWS Lambda's Python runtime and a Go
// application. With the build tag lambdabinary it is that code; without the tag it embeds its own source
// text, which a build adds to an application whose module does not have it.
//
// The sources compile with the application's toolchain, its language version and its
// aws-lambda-go: each file names the language version it needs (go1.21), and what an old
// aws-lambda-go lacks is in files that a tag such as sparta_nooptions leaves out.
package bridge

import "embed"

// Sources holds the files of this package and of those below it, tests included.
//
//go:embed *.go arguments/*.go environment/*.go lambdaerror/*.go rawmessage/*.go
var Sources embed.FS

// Package templates contains templates of files: the page of cgo:describe, and the applications of `sparta new`. The
// files of the console are there, too.
package templates

import (
	"bytes"
	"embed"
)

// Describe is the html/template of the page that describes a service.
//
//go:embed describe.html
var Describe string

// Picture defines the html/template "picture" that Describe uses. The console shows it alone.
//
//go:embed picture.html
var Picture string

// Applications has a folder for each kind of application that `sparta new` makes, and the folder common, whose files
// all of them have. Their Go files are compiled and tested where they are. Package scaffold replaces the names of the
// module and of the service.
//
//go:embed all:common all:hello all:api all:queue all:schedule all:site all:edge all:mixed
var Applications embed.FS

// Console has the files of the console of a service that runs on this machine, in the folder console.
//
//go:embed console
var Console embed.FS

// mark is in the head of each page that Describe makes.
const mark = `<meta name="generator" content="spartamage describe">`

// IsDescription reports whether the beginning of a file is that of a page that Describe made.
func IsDescription(content []byte) bool {
	return bytes.HasPrefix(content, []byte("<!DOCTYPE html>")) && bytes.Contains(content, []byte(mark))
}

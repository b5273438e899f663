// Package templates contains templates of files: the page of cgo:describe.
package templates

import (
	"bytes"
	_ "embed"
)

// Describe is the html/template of the page that describes a service.
//
//go:embed describe.html
var Describe string

// mark is in the head of each page that Describe makes.
const mark = `<meta name="generator" content="spartamage describe">`

// IsDescription reports whether the beginning of a file is that of a page that Describe made.
func IsDescription(content []byte) bool {
	return bytes.HasPrefix(content, []byte("<!DOCTYPE html>")) && bytes.Contains(content, []byte(mark))
}

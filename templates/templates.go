// Package templates contains templates of files: the page of cgo:describe.
package templates

import _ "embed"

// Describe is the html/template of the page that describes a service.
//
//go:embed describe.html
var Describe string

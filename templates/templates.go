// Package templates holds the files that others are made from: the page of cgo:describe.
package templates

import _ "embed"

// Describe is the page that shows a service, as a template of html/template.
//
//go:embed describe.html
var Describe string

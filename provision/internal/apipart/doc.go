// Package apipart has what REST APIs and HTTP APIs have in common in templates and on pages.
package apipart

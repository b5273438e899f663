// Package apipart has what all kinds of APIs have in common: checks, parts of templates, and words on pages.
package apipart

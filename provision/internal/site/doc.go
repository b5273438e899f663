// Package site has what a static website means for a template, for people and for what is uploaded.
package site

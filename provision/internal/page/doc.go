// Package page shows a service as a page of HTML.
package page

package site

import "github.com/go-sparta/sparta/sparta"

// Documents are those documents of a site that answer requests for other paths.
type Documents struct{ Index, Error string }

// DocumentsOf are the documents of a site, given its folder.
func DocumentsOf(site *sparta.S3Site, folder *Folder) Documents {
	return Documents{Index: Index(site), Error: errorDocument(site, folder)}
}

const usualError = "error.html"

// Index is the name of a site's index documents.
func Index(site *sparta.S3Site) string {
	if c := site.WebsiteConfiguration; c != nil && c.IndexDocument != nil {
		return c.IndexDocument.Suffix
	}
	return "index.html"
}

// errorDocument is what a request for something that does not exist results in; empty if nothing.
func errorDocument(site *sparta.S3Site, folder *Folder) string {
	if site.SinglePage {
		return Index(site)
	}
	if c := site.WebsiteConfiguration; c != nil && c.ErrorDocument != nil {
		return c.ErrorDocument.Key
	}
	if folder != nil && folder.Has(usualError) {
		return usualError
	}
	return ""
}

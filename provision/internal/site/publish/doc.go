// Package publish uploads sites: it brings a bucket to the files of a site, and has CloudFront forget what has changed.
package publish

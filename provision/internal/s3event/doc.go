// Package s3event knows the types of events that S3 sends.
package s3event

// Package packages keeps packages of functions and large templates in an S3 bucket, which it creates if it is missing.
package packages

// Package packages keeps functions' packages and large templates in S3, in a bucket that it makes if need be.
package packages

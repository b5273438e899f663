// Package customresource has the custom resources that this project's templates contain, and their Python modules.
package customresource

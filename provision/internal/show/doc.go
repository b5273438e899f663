// Package show puts what commands write in words and columns.
package show

// Package show formats what commands write.
package show

// Package port changes the sources of applications of the original Sparta (github.com/mweagle/Sparta) so that they use
// this module. It edits the bytes of files where the syntax tree says so, and keeps everything else as it is.
package port

// Package scaffold makes new applications, and adds magefiles to existing ones. What it writes is complete or not
// there at all, and it never replaces a file.
package scaffold

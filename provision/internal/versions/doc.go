// Package versions lists the published versions of functions, and deletes old ones that nothing refers to.
package versions

// Package original deploys and runs unchanged applications of version 1 of the original Sparta. Their own program
// renders the template; this package starts that program, reads what it has written and changes what Lambda no longer
// accepts.
package original

package show

// Neighbour is what a page's picture shows beside a function: what invokes it, or what its role may use.
type Neighbour struct {
	Invokes         bool
	Name            string // of what invokes; functions that share the source share the name
	Title, Subtitle string // the title of a resource is its ARN, which identifies it
	Open            bool   // anybody may invoke the function through it
}

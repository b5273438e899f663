package sparta

import "fmt"

// LambdaFunctionSnapStart makes published versions start from a snapshot of the initialized function. The
// function's alias refers to the newest version. SnapStart requires python3.12 or newer.
type LambdaFunctionSnapStart struct {
	ApplyOn string `json:"applyOn"` // PublishedVersions or None
}

// SnapStarts reports whether versions start from a snapshot.
func (o *LambdaFunctionOptions) SnapStarts() bool {
	return o != nil && o.SnapStart != nil && o.SnapStart.ApplyOn == "PublishedVersions"
}

func (o *LambdaFunctionOptions) validateSnapStart() error {
	switch {
	case o.SnapStart == nil || o.SnapStart.ApplyOn == "None":
		return nil
	case !o.SnapStarts():
		return fmt.Errorf("SnapStart's ApplyOn %q is unknown: use PublishedVersions or None", o.SnapStart.ApplyOn)
	case o.EphemeralStorage > DefaultEphemeralStorage:
		return fmt.Errorf("SnapStart does not work with %d MB of ephemeral storage: use %d",
			o.EphemeralStorage, DefaultEphemeralStorage)
	}
	return nil
}

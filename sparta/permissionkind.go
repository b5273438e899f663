package sparta

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// permissionTypes are the types of permissions, by name.
func permissionTypes() map[string]reflect.Type {
	types := map[string]reflect.Type{}
	for _, permission := range []LambdaPermissionExporter{
		CloudWatchEventsPermission{},
		CloudWatchLogsPermission{},
		CodeCommitPermission{},
		EventBridgePermission{},
		LambdaPermission{},
		S3Permission{},
		SESPermission{},
		SchedulerPermission{},
		SNSPermission{},
	} {
		types[permissionKind(permission)] = reflect.TypeOf(permission)
	}
	return types
}

func permissionNames() string { return strings.Join(slices.Sorted(maps.Keys(permissionTypes())), ", ") }

// isPermissionValue returns an error for what the interface allows but JSON and templates do not.
func isPermissionValue(permission LambdaPermissionExporter) error {
	switch kind := reflect.TypeOf(permission); {
	case kind == nil:
		return errors.New("it is nil: remove it or describe it")
	case kind.Kind() == reflect.Pointer:
		return fmt.Errorf("it is a %T: use the value instead of the pointer", permission)
	case permissionTypes()[permissionKind(permission)] != kind:
		return fmt.Errorf("it is a %T: use one of %s", permission, permissionNames())
	}
	return nil
}

// permissionKind returns the name of a permission's type.
func permissionKind(permission LambdaPermissionExporter) string {
	return reflect.TypeOf(permission).Name()
}

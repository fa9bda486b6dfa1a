"""What can be filtered, sorted, grouped and measured: functions of the declared forms and fields."""

@"%~dp0launch.cmd" example %*

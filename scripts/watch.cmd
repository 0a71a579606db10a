@"%~dp0launch.cmd" watch %*

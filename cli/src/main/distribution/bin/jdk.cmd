@echo off
rem Called by the launchers: sets JDK to the home of a JDK 25, found by its release file, or fails with a message.
set "JDK="
for %%H in ("%JAVA_HOME%" "%JDK25_HOME%") do if not defined JDK call :try "%%~H"
if not defined JDK for /f "delims=" %%J in ('where java 2^>nul') do if not defined JDK call :try "%%~dpJ.."
if not defined JDK for /d %%H in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\.sdkman\candidates\java\*") do if not defined JDK call :try "%%~H"
if defined JDK exit /b 0
>&2 echo Could not start Gatehouse: no JDK 25 was found.
>&2 echo Looked at JAVA_HOME, JDK25_HOME, the java on the PATH, and the usual folders.
>&2 echo Install a JDK 25, or set JDK25_HOME to the folder of one, and start again.
exit /b 3

:try
if "%~1"=="" exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
findstr /b /r /c:"JAVA_VERSION=.25[.\"]" "%~1\release" >nul 2>&1 && set "JDK=%~f1"
exit /b 0
